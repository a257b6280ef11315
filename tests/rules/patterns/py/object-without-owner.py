from flask import Flask, jsonify
from flask_login import current_user

app = Flask(__name__)


@app.route("/orders/<int:order_id>")
def order(order_id):
    # ruleid: object-without-owner
    return jsonify(Order.query.get_or_404(order_id).to_dict())


def invoice(request, invoice_id):
    # ruleid: object-without-owner
    return render(request, "invoice.html", {"invoice": get_object_or_404(Invoice, id=invoice_id)})


@app.route("/mine/<int:order_id>")
def mine(order_id):
    # ok: object-without-owner
    found = Order.query.get_or_404(order_id)
    if found.user_id != current_user.id:
        abort(403)
    return jsonify(found.to_dict())


@app.route("/products/<int:product_id>")
def product(product_id):
    # ok: object-without-owner
    return jsonify(Product.query.get_or_404(product_id).to_dict())


def load(order_id):
    # ok: object-without-owner
    return Order.query.get(order_id)
