"""What a careful reader would ask of a claim although no figure proves it wrong."""
