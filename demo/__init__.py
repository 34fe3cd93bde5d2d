"""The demonstration: its text in `content`, its pictures in `pictures`, and code that loads them.

Each item is loaded once, in one transaction with its `LoadedItem`.
"""
