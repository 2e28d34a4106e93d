"""The rules of tracking: who may change what, and what goes with it; every function works inside one transaction."""
