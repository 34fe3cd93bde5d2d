"""How far a commitment has got: periods, states, targets and the history of what was said."""
