"""Front door: `tables.source.TablesSource` reads exports, `depots` say where they are left."""
