"""Search: ask and find. Hands every readable record to retrieval as passages, and gives back
only what the asker may see."""
