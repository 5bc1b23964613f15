// Words of the first steps in an empty archive.
export const start = {
  "start.peers": "Register the devices.",
  "start.peers.text": "Only registered senders are let in; refused ones are listed there with the reason.",
  "start.peers.act": "Register a peer",
  "start.send": "Send images.",
  "start.send.text": "Enter this as the destination on the device:",
  "start.send.ask": "Images come from devices over DICOM. Your administrators know the name, address and port.",
  "start.ae": "Name (AET)",
  "start.host": "Address",
  "start.port": "Port",
  "start.loopback":
    "Kontor listens on this computer only. To let other devices send, add --dimse 0.0.0.0:{port} to the command the server was started with.",
  "start.upload": "Or upload.",
  "start.upload.text": "Drop files, folders or a ZIP archive onto this page, or",
  "start.upload.act": "choose them",
  "start.accounts": "Let people in.",
  "start.accounts.text": "Everyone has an account of their own, with their roles.",
  "start.accounts.act": "Create an account",
} as const;
