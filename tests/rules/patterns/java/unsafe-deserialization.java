class A extends HttpServlet {
    void doPost(HttpServletRequest request, HttpServletResponse response) {
        // ruleid: unsafe-deserialization
        ObjectInputStream in = new ObjectInputStream(request.getInputStream());
        // ruleid: unsafe-deserialization
        ObjectInputStream two = new ObjectInputStream(socket.getInputStream());
        // ruleid: unsafe-deserialization
        Object order = new Yaml().load(request.getParameter("order"));
        // ruleid: unsafe-deserialization
        mapper.enableDefaultTyping();
        // ok: unsafe-deserialization
        Order three = mapper.readValue(request.getInputStream(), Order.class);
        // ok: unsafe-deserialization
        ObjectInputStream four = new ObjectInputStream(new FileInputStream("cache.bin"));
        // ok: unsafe-deserialization
        Object five = new Yaml(new SafeConstructor(options)).load(text);
        // ok: unsafe-deserialization
        ObjectOutputStream out = new ObjectOutputStream(response.getOutputStream());
    }
}
