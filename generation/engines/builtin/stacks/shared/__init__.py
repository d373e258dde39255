"""What every stack needs: safe names, values, order of tables, colours, the README's rows."""
