"""Understanding: what a message does. Text becomes segments, segments become acts, acts change the frame of what holds."""
