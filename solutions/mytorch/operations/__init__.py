"""The operations: forward and gradient formula side by side, by subject."""
