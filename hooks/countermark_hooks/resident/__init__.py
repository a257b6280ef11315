"""A process that has imported and compiled what hooks need, and forks to run one: a commit then waits for the work alone.

Nothing depends on it. Where there is none, or it does not answer, the hook does its work itself and starts one for the next.
"""
