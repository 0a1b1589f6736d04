NAME = "shop layer"
