import ast
import json
import subprocess

import anthropic
from openai import OpenAI

client = OpenAI()


def calculate(question):
    answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    # ruleid: model-output-runs
    return eval(answer.choices[0].message.content)


def act(task):
    message = anthropic.Anthropic().messages.create(model="claude", max_tokens=500, messages=[{"role": "user", "content": task}])
    command = message.content[0].text
    # ruleid: model-output-runs
    return subprocess.run(command, shell=True, capture_output=True, check=True)


def code(task, llm):
    text = llm.invoke(f"write Python for {task}").content
    # ruleid: model-output-runs
    exec(text)


def calculate_safely(question):
    answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    # ok: model-output-runs
    return ast.literal_eval(answer.choices[0].message.content)


def act_safely(task):
    answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": task}])
    choice = json.loads(answer.choices[0].message.content)
    # ok: model-output-runs
    return subprocess.run(ACTIONS[choice["action"]], check=True)


def show(task, llm):
    # ok: model-output-runs
    print(llm.invoke(task).content)
