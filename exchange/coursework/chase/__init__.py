"""Chase lists: what marks, rolls and conduct still lack, each line with the cell in which it is put right."""
