"""差し替え: the pages of a booklet that changed, for those who have the book before it."""

from gyomu_docs.booklet.packet.making import Packet, PacketMaker, check_comparable

__all__ = ["Packet", "PacketMaker", "check_comparable"]
