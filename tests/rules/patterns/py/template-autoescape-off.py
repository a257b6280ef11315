from jinja2 import Environment, FileSystemLoader, select_autoescape

# ruleid: template-autoescape-off
plain = Environment(loader=FileSystemLoader("templates"))
# ruleid: template-autoescape-off
off = Environment(loader=FileSystemLoader("templates"), autoescape=False)
# ok: template-autoescape-off
on = Environment(loader=FileSystemLoader("templates"), autoescape=True)
# ok: template-autoescape-off
some = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())
# ok: template-autoescape-off
latex = Environment(variable_start_string="<<", variable_end_string=">>")
