"""Plans, trial, meter, and the gate: may this reader open this article? Knows no payment provider."""
