@Controller("items")
class Items {
  // ok: nest-route-without-guard
  @UseGuards(AuthGuard)
  @Post()
  create(@Body() dto: ItemDto) {
    return this.items.create(dto);
  }

  // ruleid: nest-route-without-guard
  @Delete(":id")
  remove(@Param("id") id: string) {
    return this.items.remove(id);
  }

  // ok: nest-route-without-guard
  @Get()
  list() {
    return this.items.list();
  }
}
