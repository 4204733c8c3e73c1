"""Everything that crosses a service boundary, as frozen and versioned pydantic models; one module per noun."""
