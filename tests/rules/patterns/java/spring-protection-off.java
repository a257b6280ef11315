class A {
    void configure(HttpSecurity http) throws Exception {
        // ruleid: spring-protection-off
        http.csrf().disable();
        // ruleid: spring-protection-off
        http.csrf(csrf -> csrf.disable());
        // ruleid: spring-protection-off
        http.authorizeHttpRequests(auth -> auth.anyRequest().permitAll());
        // ok: spring-protection-off
        http.csrf(Customizer.withDefaults());
        // ok: spring-protection-off
        http.authorizeHttpRequests(auth -> auth.anyRequest().authenticated());
        // ok: spring-protection-off
        http.authorizeHttpRequests(auth -> auth.requestMatchers("/login").permitAll());
    }
}
