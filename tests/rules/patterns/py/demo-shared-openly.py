# ruleid: demo-shared-openly
demo.launch(share=True)

# ok: demo-shared-openly
demo.launch()

# ok: demo-shared-openly
demo.launch(share=True, auth=check_user)
