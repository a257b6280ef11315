# ruleid: secret-in-prompt
message = {"role": "system", "content": f"The database password is {db_password}."}

# ruleid: secret-in-prompt
system_prompt = f"Use the key {settings.api_key} for the service."

# ok: secret-in-prompt
message = {"role": "system", "content": "You help with orders."}

# ok: secret-in-prompt
system_prompt = f"You help {user_name} with orders."
