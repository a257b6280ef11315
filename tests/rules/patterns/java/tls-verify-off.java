class A {
    X509TrustManager all = new X509TrustManager() {
        // ruleid: tls-verify-off
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        // ok: tls-verify-off
        public void checkClientTrusted(X509Certificate[] chain, String type) { delegate.check(chain); }
    };

    void run() {
        // ruleid: tls-verify-off
        connection.setHostnameVerifier((host, session) -> true);
        // ruleid: tls-verify-off
        builder.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        // ok: tls-verify-off
        connection.setHostnameVerifier((host, session) -> HOSTS.contains(host));
        // ok: tls-verify-off
        connection.setHostnameVerifier(new DefaultHostnameVerifier());
    }
}
