"""Firsthand: from saved pages to independent origins."""
