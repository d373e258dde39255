"""The services beside the site: PostgreSQL and Valkey from wheels, and the processes over them."""
