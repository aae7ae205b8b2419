"""The gateway: one process that carries where people stand, and hands acts to its clerk.

`codec` bytes of a frame · `room` who is where, and who sees whom · `meeting` one meeting with its
room and connections · `sending` frames to whoever is due · `listener` one connection · `server` the
loop · `voice` who may be heard, `janus` the line to the mixer · `desk` this process's end of the
pipe to the clerk · `clerk` the child process that commits acts with Django and tells what was
committed, by whichever process.
"""
