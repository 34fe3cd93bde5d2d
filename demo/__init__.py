"""The demonstration: its words in `content`, its pictures in `pictures`, and what loads them.

Each item is loaded once, in one transaction with its `LoadedItem`.
"""
