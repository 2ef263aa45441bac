"""Full-text and filtered query over articles."""
