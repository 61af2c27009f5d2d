"""Makes the calls of one session with the fastmcp client: the server and the calls come as JSON in the first argument."""

import asyncio
import json
import os
import sys

from fastmcp import Client
from fastmcp.client.transports import StdioTransport


def transport(reached):
    if "url" in reached:
        return reached["url"]
    command, *arguments = reached["command"]
    return StdioTransport(command, arguments, env={**os.environ, **reached["env"]})


async def ask(client, method, params):
    if method == "tools/list":
        await client.list_tools()
    elif method == "tools/call":
        await client.call_tool(params["name"], params["arguments"], raise_on_error=False)
    elif method == "resources/list":
        await client.list_resources()
    elif method == "resources/read":
        await client.read_resource(params["uri"])
    elif method == "prompts/list":
        await client.list_prompts()
    elif method == "prompts/get":
        await client.get_prompt(params["name"], params["arguments"])
    else:
        raise ValueError(method)


async def main(reached, calls):
    async with Client(transport(reached)) as client:
        for call in calls:
            await ask(client, call["method"], call["params"])


asyncio.run(main(**json.loads(sys.argv[1])))
