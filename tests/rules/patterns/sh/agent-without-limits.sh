# ruleid: agent-without-limits
claude -p "fix the issue" --dangerously-skip-permissions
# ruleid: agent-without-limits
codex exec --dangerously-bypass-approvals-and-sandbox "fix"
# ok: agent-without-limits
claude -p "fix the issue" --allowedTools "Read,Grep"
# ok: agent-without-limits
echo "--dangerously-skip-permissions is off"
