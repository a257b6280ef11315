@app.route("/admin/delete_user/<int:number>", methods=["POST"])
# ruleid: critical-route-open
def delete_user(number):
    store.delete(number)
    return "", 204


@app.route("/admin/delete_order/<int:number>", methods=["POST"])
@login_required
# ok: critical-route-open
def delete_order(number):
    store.delete(number)
    return "", 204


@app.route("/news", methods=["GET"])
# ok: critical-route-open
def news():
    return store.news()


class PaymentViewSet(ModelViewSet):
    # ruleid: critical-route-open
    permission_classes = [AllowAny]


class DeleteUser(APIView):
    # ruleid: critical-route-open
    permission_classes = []

    def delete(self, request, number):
        store.delete(number)


class NoteViewSet(ModelViewSet):
    # ok: critical-route-open
    permission_classes = [IsAuthenticated]


class News(ListAPIView):
    # ok: critical-route-open
    permission_classes = [AllowAny]


class SignupViewSet(ModelViewSet):
    # ok: critical-route-open
    permission_classes = [AllowAny]
