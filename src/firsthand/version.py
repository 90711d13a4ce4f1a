"""The version that every result names."""

VERSION = "0.1.0"
