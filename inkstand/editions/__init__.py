"""Morning and Evening: a finite front page at a set hour, kept as made, and brought by page, mail, book and push.

What is worth printing is ranking's to say, what a reader wants reading's; here it is chosen, kept and carried out.
Refuses to change an edition once it is made, to bring what nobody asked for, and to print what the gate holds back.
"""
