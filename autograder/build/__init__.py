"""A course becomes a workspace: skeletons, lessons, given files, public checks and what they expect."""
