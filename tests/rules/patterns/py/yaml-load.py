import ruamel.yaml
import yaml

data = input().encode()

# ruleid: yaml-load
yaml.load(data)

# ruleid: yaml-load
yaml.load(data, Loader=yaml.Loader)

# ruleid: yaml-load
yaml.load(data, yaml.FullLoader)

# ruleid: yaml-load
yaml.unsafe_load(data)

# ruleid: yaml-load
reader = ruamel.yaml.YAML(typ="unsafe")

# ok: yaml-load
yaml.safe_load(data)

# ok: yaml-load
yaml.load(data, Loader=yaml.SafeLoader)

# ok: yaml-load
yaml.load(data, yaml.CSafeLoader)

# ok: yaml-load
yaml.load("answer: 42", Loader=yaml.FullLoader)

# ok: yaml-load
reader = ruamel.yaml.YAML(typ="safe")
