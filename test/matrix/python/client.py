"""The fastmcp client as a process: it is told by the first line where to go, then asked a line at a time, and answers each by one."""

import asyncio
import json
import sys

from fastmcp import Client
from fastmcp.client.transports import SSETransport, StreamableHttpTransport


def plain(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def ask(client, method, params):
    if method == "tools/list":
        return [plain(tool) for tool in await client.list_tools()]
    if method == "tools/call":
        result = await client.call_tool(params["name"], params["arguments"], raise_on_error=False)
        return {
            "content": [plain(block) for block in result.content],
            "structuredContent": result.structured_content,
            "isError": result.is_error,
        }
    if method == "prompts/get":
        return plain(await client.get_prompt(params["name"], params["arguments"]))["messages"]
    if method == "resources/read":
        return [plain(each) for each in await client.read_resource(params["uri"])]
    raise ValueError(method)


async def answer(client, line):
    asked = json.loads(line)
    try:
        return {"result": await ask(client, asked["method"], asked["params"])}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def say(message):
    print(json.dumps(message), flush=True)


async def main():
    reached = json.loads(await asyncio.to_thread(sys.stdin.readline))
    transport = SSETransport if reached["sse"] else StreamableHttpTransport
    try:
        async with Client(transport(reached["url"], headers=reached["headers"])) as client:
            say({"result": client.protocol_version})
            while line := await asyncio.to_thread(sys.stdin.readline):
                say(await answer(client, line))
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}"})


asyncio.run(main())
