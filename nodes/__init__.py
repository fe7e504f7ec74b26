"""The four steps of a turn (collect, refine, score, transition), the two coaches and the evidence rules."""
