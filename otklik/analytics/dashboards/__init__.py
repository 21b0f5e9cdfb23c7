"""«Сводка»: tiles over measures, default for each kind of role and composed by people; what each shows."""
