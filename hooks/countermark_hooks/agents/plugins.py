"""The plug-ins that we put into agents which run TypeScript in place of commands: they start us and hand over what they are told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

_START = """\
// Countermark: tells which lines an agent wrote. Made by `countermark agents install`; `countermark agents uninstall` takes it away.
import { spawnSync } from "node:child_process"

const COMMAND: string[] = %s // countermark agent-event

function report(said: Record<string, unknown>): void {
  try {
    spawnSync(COMMAND[0], COMMAND.slice(1), { input: JSON.stringify(said), stdio: ["pipe", "ignore", "ignore"], timeout: 5000 })
  } catch {
    // an agent is never stopped for this
  }
}
"""
_OPENCODE = """
export const CountermarkPlugin = async ({ directory }: { directory: string }) => ({
  "tool.execute.before": async (input: any, output: any) =>
    report({ event: "tool.execute.before", directory, ...input, args: output?.args }),
  "tool.execute.after": async (input: any, output: any) =>
    report({ event: "tool.execute.after", directory, ...input, args: input?.args ?? output?.metadata }),
})
"""
_AMP = """
export default function countermark(amp: any): void {
  const told = (event: string, call: any) =>
    report({
      event,
      cwd: call?.cwd ?? process.cwd(),
      session_id: call?.thread?.id ?? call?.threadID,
      tool_use_id: call?.toolUseID ?? call?.id,
      tool_name: call?.tool ?? call?.name,
      tool_input: call?.input ?? {},
      files: amp.helpers?.filesModifiedByToolCall?.(call)?.map(String) ?? [],
    })
  amp.on("tool.call", (call: any) => told("before.tool", call))
  amp.on("tool.result", (call: any) => told("after.tool", call))
}
"""
_BODIES: Mapping[str, str] = {"opencode": _OPENCODE, "amp": _AMP}
# Amp loads no plug-in whose first line does not say this.
_FIRST: Mapping[str, str] = {"amp": "// @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now\n"}


def plugin(agent: str, command: Sequence[str]) -> str:
    """The text of an agent's plug-in that starts this command."""
    return _FIRST.get(agent, "") + _START % json.dumps(list(command)) + _BODIES[agent]


def script(command: str) -> str:
    """The text of a hook that is a program of its own."""
    return f"#!/bin/sh\n# Made by `countermark agents install`: countermark agent-event\nexec {command}\n"
