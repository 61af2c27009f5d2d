"""A small server on FastMCP over Streamable HTTP, at the port in PORT; the people in it are invented."""

import os

from fastmcp import FastMCP

server = FastMCP("notes")


@server.tool
def add(a: int, b: int, why: str = "") -> int:
    """Adds two numbers."""
    return a + b


@server.tool
def erase(name: str) -> bool:
    """Forgets somebody."""
    return False


@server.tool
def person(name: str) -> dict[str, str]:
    """What is known of somebody."""
    return {"name": name, "email": "thomas.ashcombe@example.org"}


@server.resource("notes://house-rules", mime_type="text/plain")
def house_rules() -> str:
    """How the house is kept."""
    return "Doors are closed at ten.\n"


@server.prompt
def greeting(name: str) -> str:
    """A greeting for somebody."""
    return f"Write a greeting for {name}."


server.run(transport="http", host="127.0.0.1", port=int(os.environ["PORT"]), show_banner=False)
