"""The rule coach: no language model, only rules that can be read and replayed."""
