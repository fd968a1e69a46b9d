"""The outside, tried with real peers where they can be had."""
