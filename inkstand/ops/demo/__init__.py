"""The demo edition: a small newspaper of invented titles, so that anyone can see the product without a network."""
