"""Files: plain tables read, tables and workbooks written, each whole or not at all."""
