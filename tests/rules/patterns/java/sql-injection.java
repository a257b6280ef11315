class A {
    void find(String name, int id) {
        // ruleid: sql-injection
        statement.executeQuery("SELECT * FROM users WHERE name = '" + name + "'");
        String sql = "DELETE FROM users WHERE name = '" + name + "'";
        // ruleid: sql-injection
        statement.execute(sql);
        // ruleid: sql-injection
        em.createQuery("from User where name = '" + name + "'");
        // ruleid: sql-injection
        jdbc.queryForList(String.format("SELECT * FROM users WHERE name = '%s'", name));
        // ok: sql-injection
        connection.prepareStatement("SELECT * FROM users WHERE name = ?");
        // ok: sql-injection
        em.createQuery("from User where name = :name").setParameter("name", name);
        // ok: sql-injection
        statement.executeQuery("SELECT * FROM " + TABLE + " WHERE id = 1");
        // ok: sql-injection
        statement.executeQuery("SELECT * FROM users");
    }
}

class Search {
    List<?> sorted(String column) {
        String jpql = "SELECT p FROM Product p ORDER BY p." + column;
        // ruleid: sql-injection
        return em.createQuery(jpql).getResultList();
    }

    List<?> sortedSafely() {
        // ok: sql-injection
        return em.createQuery("SELECT p FROM Product p ORDER BY p.name").getResultList();
    }

    ResultSet search(Connection c, String q) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT * FROM items WHERE name LIKE '%");
        sql.append(q);
        // ruleid: sql-injection
        return c.createStatement().executeQuery(sql.toString());
    }

    ResultSet searchSafely(Connection c, String q) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT * FROM items WHERE 1 = 1");
        sql.append(" AND name LIKE ?");
        // ok: sql-injection
        PreparedStatement s = c.prepareStatement(sql.toString());
        s.setString(1, q);
        // ok: sql-injection
        return s.executeQuery();
    }
}
