import ast

from flask import render_template_string, request
from jinja2 import Environment, Template

OPERATIONS = {"add": lambda a, b: a + b}


def calculate(expression):
    # ruleid: code-from-input
    return eval(expression)


def plug_in(code: str, names):
    # ruleid: code-from-input
    exec(code, names)


def hello():
    name = request.args.get("name")
    # ruleid: code-from-input
    return render_template_string(f"<h1>Hello {name}!</h1>")


def greet():
    # ruleid: code-from-input
    return Template("Hello " + request.args["name"]).render()


def user_template(text, data):
    # ruleid: code-from-input
    return Environment(autoescape=True).from_string(text).render(**data)


def literal(expression):
    # ok: code-from-input
    return ast.literal_eval(expression)


def constant():
    # ok: code-from-input
    return eval("1 + 1")


def fixed_template():
    # ok: code-from-input
    return render_template_string("<h1>{{ name }}</h1>", name=request.args["name"])


def own_template(text):
    # ok: code-from-input
    return Template("Hello {{ text }}").render(text=text)


def looked_up():
    # ok: code-from-input
    return OPERATIONS[request.args["op"]](1, 2)


class Sheet:
    def value(self, name):
        formula = self.cells[name]
        # ruleid: code-from-input
        return eval(formula, {}, self.cells)

    def number(self, name):
        # ok: code-from-input
        return float(self.cells[name])


def solve():
    # ruleid: code-from-input
    return sympy.sympify(request.args["expression"])


def solve_fixed():
    # ok: code-from-input
    return sympy.sympify("x + 1")
