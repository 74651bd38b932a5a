void consilium_placeholder(void);
