"""NATS JetStream as the project uses it: topology as data, settlement, publishing, the service skeleton."""
