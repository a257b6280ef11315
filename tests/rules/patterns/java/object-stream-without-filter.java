class Sessions {
    Object load(InputStream in) throws Exception {
        // ruleid: object-stream-without-filter
        ObjectInputStream stream = new ObjectInputStream(in);
        return stream.readObject();
    }

    Object fromText(String text) throws Exception {
        // ruleid: object-stream-without-filter
        return new ObjectInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text))).readObject();
    }

    Object fromBytes(byte[] data) throws Exception {
        // ruleid: object-stream-without-filter
        try (ByteArrayInputStream bytes = new ByteArrayInputStream(data); ObjectInputStream in = new ObjectInputStream(bytes)) {
            return in.readObject();
        }
    }

    Object ownState() throws Exception {
        // ok: object-stream-without-filter
        return new ObjectInputStream(STATE.openStream()).readObject();
    }

    Object loadSafely(InputStream in) throws Exception {
        // ok: object-stream-without-filter
        ObjectInputStream stream = new ObjectInputStream(in);
        stream.setObjectInputFilter(ORDERS);
        return stream.readObject();
    }

    void save(OutputStream out) throws Exception {
        // ok: object-stream-without-filter
        new ObjectOutputStream(out).writeObject(this);
    }
}
