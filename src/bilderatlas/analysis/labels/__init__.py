"""Classes: whether pictures can be told apart by them, and which pictures speak against theirs."""
