from langchain.agents import load_tools
from langchain_experimental.agents import create_pandas_dataframe_agent
from langchain_experimental.tools import PythonREPLTool
from smolagents import CodeAgent

# ruleid: dangerous-agent-tool
tools = [PythonREPLTool()]

# ruleid: dangerous-agent-tool
agent = create_pandas_dataframe_agent(llm, frame, allow_dangerous_code=True)

# ruleid: dangerous-agent-tool
agent = CodeAgent(tools=[], model=model, additional_authorized_imports=["*"])

# ruleid: dangerous-agent-tool
tools = load_tools(["terminal"], llm=llm)

# ok: dangerous-agent-tool
agent = create_pandas_dataframe_agent(llm, frame)

# ok: dangerous-agent-tool
agent = CodeAgent(tools=[], model=model, additional_authorized_imports=["math"])

# ok: dangerous-agent-tool
tools = load_tools(["wikipedia"], llm=llm)

# ok: dangerous-agent-tool
tools = [SearchTool()]
