"""What editors do: picks, good news, editions, corrections, takedowns."""
