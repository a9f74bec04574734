"""CLI: the first door. `plaza demo | serve | work | read | search | evaluate | check | backup | restore`."""
