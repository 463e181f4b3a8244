"""The land register (农村土地承包经营权登记): who holds which parcel from whom, until when."""
