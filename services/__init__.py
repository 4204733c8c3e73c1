"""The five services and the console; none of the five imports another."""
