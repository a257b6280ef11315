class A extends HttpServlet {
    void doPost(HttpServletRequest request, HttpServletResponse response) {
        // ruleid: xml-external-entities
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        // ruleid: xml-external-entities
        SAXParser parser = SAXParserFactory.newInstance().newSAXParser();
        // ok: xml-external-entities
        TransformerFactory transformer = TransformerFactory.newInstance();
        // ok: xml-external-entities
        ObjectMapper mapper = new ObjectMapper();
    }
}
